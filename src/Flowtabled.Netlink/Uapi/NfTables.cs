namespace Flowtabled.Netlink.Uapi;

/// <summary>nftables messages, attributes and values (linux/netfilter/nf_tables.h). Names are the kernel's.</summary>
public static class NfTables
{
    public const int NFT_MSG_NEWTABLE = 0;
    public const int NFT_MSG_GETTABLE = 1;
    public const int NFT_MSG_DELTABLE = 2;
    public const int NFT_MSG_NEWCHAIN = 3;
    public const int NFT_MSG_GETCHAIN = 4;
    public const int NFT_MSG_DELCHAIN = 5;
    public const int NFT_MSG_NEWRULE = 6;
    public const int NFT_MSG_GETRULE = 7;
    public const int NFT_MSG_DELRULE = 8;
    public const int NFT_MSG_NEWSET = 9;
    public const int NFT_MSG_GETSET = 10;
    public const int NFT_MSG_DELSET = 11;
    public const int NFT_MSG_NEWSETELEM = 12;
    public const int NFT_MSG_GETSETELEM = 13;
    public const int NFT_MSG_DELSETELEM = 14;
    public const int NFT_MSG_NEWGEN = 15;
    public const int NFT_MSG_GETGEN = 16;
    public const int NFT_MSG_NEWOBJ = 18;
    public const int NFT_MSG_GETOBJ = 19;
    public const int NFT_MSG_DELOBJ = 20;
    public const int NFT_MSG_NEWFLOWTABLE = 22;
    public const int NFT_MSG_GETFLOWTABLE = 23;
    public const int NFT_MSG_DELFLOWTABLE = 24;

    public const int NFT_REG_VERDICT = 0;
    public const int NFT_REG_1 = 1;
    public const int NFT_REG_2 = 2;
    public const int NFT_REG_3 = 3;
    public const int NFT_REG_4 = 4;
    public const int NFT_REG32_00 = 8;
    public const int NFT_REG32_01 = 9;
    public const int NFT_REG32_02 = 10;
    public const int NFT_REG32_03 = 11;
    public const int NFT_REG32_04 = 12;
    public const int NFT_REG32_05 = 13;
    public const int NFT_REG32_06 = 14;
    public const int NFT_REG32_07 = 15;
    public const int NFT_REG32_08 = 16;
    public const int NFT_REG32_09 = 17;
    public const int NFT_REG32_10 = 18;
    public const int NFT_REG32_11 = 19;
    public const int NFT_REG32_12 = 20;
    public const int NFT_REG32_13 = 21;
    public const int NFT_REG32_14 = 22;
    public const int NFT_REG32_15 = 23;

    public const int NFTA_LIST_ELEM = 1;

    public const int NFTA_HOOK_HOOKNUM = 1;
    public const int NFTA_HOOK_PRIORITY = 2;
    public const int NFTA_HOOK_DEV = 3;
    public const int NFTA_HOOK_DEVS = 4;

    public const int NFT_TABLE_F_DORMANT = 1;
    public const int NFT_TABLE_F_OWNER = 2;
    public const int NFT_TABLE_F_PERSIST = 4;

    public const int NFTA_TABLE_NAME = 1;
    public const int NFTA_TABLE_FLAGS = 2;
    public const int NFTA_TABLE_USE = 3;
    public const int NFTA_TABLE_HANDLE = 4;
    public const int NFTA_TABLE_USERDATA = 6;
    public const int NFTA_TABLE_OWNER = 7;

    public const int NFT_CHAIN_BASE = 1;
    public const int NFT_CHAIN_HW_OFFLOAD = 2;

    public const int NFTA_CHAIN_TABLE = 1;
    public const int NFTA_CHAIN_HANDLE = 2;
    public const int NFTA_CHAIN_NAME = 3;
    public const int NFTA_CHAIN_HOOK = 4;
    public const int NFTA_CHAIN_POLICY = 5;
    public const int NFTA_CHAIN_USE = 6;
    public const int NFTA_CHAIN_TYPE = 7;
    public const int NFTA_CHAIN_COUNTERS = 8;
    public const int NFTA_CHAIN_FLAGS = 10;
    public const int NFTA_CHAIN_ID = 11;
    public const int NFTA_CHAIN_USERDATA = 12;

    public const int NFTA_RULE_TABLE = 1;
    public const int NFTA_RULE_CHAIN = 2;
    public const int NFTA_RULE_HANDLE = 3;
    public const int NFTA_RULE_EXPRESSIONS = 4;
    public const int NFTA_RULE_POSITION = 6;
    public const int NFTA_RULE_USERDATA = 7;
    public const int NFTA_RULE_ID = 9;
    public const int NFTA_RULE_POSITION_ID = 10;
    public const int NFTA_RULE_CHAIN_ID = 11;

    public const int NFT_SET_ANONYMOUS = 1;
    public const int NFT_SET_CONSTANT = 2;
    public const int NFT_SET_INTERVAL = 4;
    public const int NFT_SET_MAP = 8;
    public const int NFT_SET_TIMEOUT = 16;
    public const int NFT_SET_EVAL = 32;
    public const int NFT_SET_CONCAT = 128;

    public const int NFTA_SET_TABLE = 1;
    public const int NFTA_SET_NAME = 2;
    public const int NFTA_SET_FLAGS = 3;
    public const int NFTA_SET_KEY_TYPE = 4;
    public const int NFTA_SET_KEY_LEN = 5;
    public const int NFTA_SET_DATA_TYPE = 6;
    public const int NFTA_SET_DATA_LEN = 7;
    public const int NFTA_SET_POLICY = 8;
    public const int NFTA_SET_DESC = 9;
    public const int NFTA_SET_ID = 10;
    public const int NFTA_SET_TIMEOUT = 11;
    public const int NFTA_SET_GC_INTERVAL = 12;
    public const int NFTA_SET_USERDATA = 13;
    public const int NFTA_SET_OBJ_TYPE = 15;
    public const int NFTA_SET_HANDLE = 16;
    public const int NFTA_SET_EXPR = 17;
    public const int NFTA_SET_EXPRESSIONS = 18;

    public const int NFTA_SET_DESC_SIZE = 1;
    public const int NFTA_SET_DESC_CONCAT = 2;
    public const int NFTA_SET_FIELD_LEN = 1;

    public const int NFT_SET_ELEM_INTERVAL_END = 1;
    public const int NFT_SET_ELEM_CATCHALL = 2;

    public const int NFTA_SET_ELEM_KEY = 1;
    public const int NFTA_SET_ELEM_DATA = 2;
    public const int NFTA_SET_ELEM_FLAGS = 3;
    public const int NFTA_SET_ELEM_TIMEOUT = 4;
    public const int NFTA_SET_ELEM_EXPIRATION = 5;
    public const int NFTA_SET_ELEM_USERDATA = 6;
    public const int NFTA_SET_ELEM_EXPR = 7;
    public const int NFTA_SET_ELEM_OBJREF = 9;
    public const int NFTA_SET_ELEM_KEY_END = 10;
    public const int NFTA_SET_ELEM_EXPRESSIONS = 11;

    public const int NFTA_SET_ELEM_LIST_TABLE = 1;
    public const int NFTA_SET_ELEM_LIST_SET = 2;
    public const int NFTA_SET_ELEM_LIST_ELEMENTS = 3;
    public const int NFTA_SET_ELEM_LIST_SET_ID = 4;

    public const int NFTA_DATA_VALUE = 1;
    public const int NFTA_DATA_VERDICT = 2;

    public const int NFTA_VERDICT_CODE = 1;
    public const int NFTA_VERDICT_CHAIN = 2;
    public const int NFTA_VERDICT_CHAIN_ID = 3;

    public const int NFTA_EXPR_NAME = 1;
    public const int NFTA_EXPR_DATA = 2;

    public const int NFTA_IMMEDIATE_DREG = 1;
    public const int NFTA_IMMEDIATE_DATA = 2;

    public const int NFT_BITWISE_MASK_XOR = 0;

    public const int NFTA_BITWISE_SREG = 1;
    public const int NFTA_BITWISE_DREG = 2;
    public const int NFTA_BITWISE_LEN = 3;
    public const int NFTA_BITWISE_MASK = 4;
    public const int NFTA_BITWISE_XOR = 5;
    public const int NFTA_BITWISE_OP = 6;
    public const int NFTA_BITWISE_DATA = 7;

    public const int NFT_CMP_EQ = 0;
    public const int NFT_CMP_NEQ = 1;
    public const int NFT_CMP_LT = 2;
    public const int NFT_CMP_LTE = 3;
    public const int NFT_CMP_GT = 4;
    public const int NFT_CMP_GTE = 5;

    public const int NFTA_CMP_SREG = 1;
    public const int NFTA_CMP_OP = 2;
    public const int NFTA_CMP_DATA = 3;

    public const int NFT_RANGE_EQ = 0;
    public const int NFT_RANGE_NEQ = 1;

    public const int NFTA_RANGE_SREG = 1;
    public const int NFTA_RANGE_OP = 2;
    public const int NFTA_RANGE_FROM_DATA = 3;
    public const int NFTA_RANGE_TO_DATA = 4;

    public const int NFT_LOOKUP_F_INV = 1;

    public const int NFTA_LOOKUP_SET = 1;
    public const int NFTA_LOOKUP_SREG = 2;
    public const int NFTA_LOOKUP_DREG = 3;
    public const int NFTA_LOOKUP_SET_ID = 4;
    public const int NFTA_LOOKUP_FLAGS = 5;

    public const int NFT_PAYLOAD_LL_HEADER = 0;
    public const int NFT_PAYLOAD_NETWORK_HEADER = 1;
    public const int NFT_PAYLOAD_TRANSPORT_HEADER = 2;

    public const int NFTA_PAYLOAD_DREG = 1;
    public const int NFTA_PAYLOAD_BASE = 2;
    public const int NFTA_PAYLOAD_OFFSET = 3;
    public const int NFTA_PAYLOAD_LEN = 4;

    public const int NFT_META_PROTOCOL = 1;
    public const int NFT_META_PRIORITY = 2;
    public const int NFT_META_MARK = 3;
    public const int NFT_META_IIF = 4;
    public const int NFT_META_OIF = 5;
    public const int NFT_META_IIFNAME = 6;
    public const int NFT_META_OIFNAME = 7;
    public const int NFT_META_NFPROTO = 15;
    public const int NFT_META_L4PROTO = 16;
    public const int NFT_META_PKTTYPE = 19;
    public const int NFT_META_SECPATH = 25;

    public const int NFTA_META_DREG = 1;
    public const int NFTA_META_KEY = 2;

    public const int NFT_CT_STATE = 0;
    public const int NFT_CT_DIRECTION = 1;
    public const int NFT_CT_STATUS = 2;
    public const int NFT_CT_MARK = 3;
    public const int NFT_CT_HELPER = 6;
    public const int NFT_CT_L3PROTOCOL = 7;
    public const int NFT_CT_PROTOCOL = 10;
    public const int NFT_CT_PROTO_SRC = 11;
    public const int NFT_CT_PROTO_DST = 12;
    public const int NFT_CT_PKTS = 14;
    public const int NFT_CT_BYTES = 15;
    public const int NFT_CT_ZONE = 17;
    public const int NFT_CT_SRC_IP = 19;
    public const int NFT_CT_DST_IP = 20;
    public const int NFT_CT_SRC_IP6 = 21;
    public const int NFT_CT_DST_IP6 = 22;

    public const int NFTA_CT_DREG = 1;
    public const int NFTA_CT_KEY = 2;
    public const int NFTA_CT_DIRECTION = 3;

    public const int NFTA_COUNTER_BYTES = 1;
    public const int NFTA_COUNTER_PACKETS = 2;

    public const int NFTA_FLOW_TABLE_NAME = 1;

    public const int NFTA_GEN_ID = 1;
    public const int NFTA_GEN_PROC_PID = 2;
    public const int NFTA_GEN_PROC_NAME = 3;

    public const int NFT_FLOWTABLE_HW_OFFLOAD = 1;
    public const int NFT_FLOWTABLE_COUNTER = 2;

    public const int NFTA_FLOWTABLE_TABLE = 1;
    public const int NFTA_FLOWTABLE_NAME = 2;
    public const int NFTA_FLOWTABLE_HOOK = 3;
    public const int NFTA_FLOWTABLE_USE = 4;
    public const int NFTA_FLOWTABLE_HANDLE = 5;
    public const int NFTA_FLOWTABLE_FLAGS = 7;

    public const int NFTA_FLOWTABLE_HOOK_NUM = 1;
    public const int NFTA_FLOWTABLE_HOOK_PRIORITY = 2;
    public const int NFTA_FLOWTABLE_HOOK_DEVS = 3;

    public const int NFTA_DEVICE_NAME = 1;

    public const int NFTA_OBJ_TABLE = 1;
    public const int NFTA_OBJ_NAME = 2;
    public const int NFTA_OBJ_TYPE = 3;
    public const int NFTA_OBJ_DATA = 4;
    public const int NFTA_OBJ_USE = 5;
    public const int NFTA_OBJ_HANDLE = 6;
}
