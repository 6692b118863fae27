using Flowtabled.Netlink;
using Flowtabled.Netlink.Ethtool;
using Flowtabled.Netlink.Uapi;
using Flowtabled.Tests.Netlink.Mutation;

namespace Flowtabled.Tests.Netlink.Ethtool;

public sealed class GenericFamilyTests : IDisposable
{
    private readonly ScriptedChannel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_family_is_found_by_its_name()
    {
        _kernel.Answer(Recording.Messages("ethtool/family.hex")[0], Answers.Error(0));

        Assert.Equal((ushort)21, Find());
        // As ethtool asks it: CTRL_CMD_GETFAMILY, version, CTRL_ATTR_FAMILY_NAME.
        Assert.Equal(
            "2000000010000500" + "01000000" + "00000000" + "03010000" + "0c000200" + "657468746f6f6c00",
            Convert.ToHexStringLower(Assert.Single(_kernel.Sent)));
    }

    [Fact]
    public void A_family_that_the_kernel_lacks_is_null()
    {
        _kernel.Answer(Answers.Error(Errno.ENOENT));

        Assert.Null(Find());
    }

    [Fact]
    public void An_answer_that_tells_no_number_is_none()
    {
        var answer = MessageNode.Parse(Recording.Messages("ethtool/family.hex")[0], GenericMessage.Size)[0];
        Assert.Equal(1, answer.Attributes.RemoveAll(attribute => attribute.Type == GenNetlink.CTRL_ATTR_FAMILY_ID));
        _kernel.Answer(answer.ToArray(), Answers.Error(0));

        Assert.Null(Find());
    }

    [Fact]
    public void Another_refusal_is_one()
    {
        _kernel.Answer(Answers.Error(Errno.ENOMEM));

        Assert.StartsWith("find generic netlink family ethtool: ENOMEM", Assert.Throws<NetlinkException>(() => Find()).Message);
    }

    [Fact]
    public void A_mutated_answer_is_read_or_refused() =>
        StructuredMutation.Check(Recording.Messages("ethtool/family.hex"), GenericMessage.Size, Read);

    [Fact]
    public void A_cut_answer_is_read_or_refused() =>
        StructuredMutation.Cut(Recording.Messages("ethtool/family.hex"), GenericMessage.Size, Read);

    private static void Read(byte[] datagram)
    {
        var family = default(GenericFamily);
        var reader = new MessageReader(datagram);
        while (reader.Read())
            family.Handle(in reader);
    }

    private ushort? Find() => GenericFamily.Find(new NetlinkConnection(_kernel), "ethtool");
}
