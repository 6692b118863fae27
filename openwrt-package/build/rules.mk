# What OpenWrt's rules.mk gives to ../flowtabled/Makefile, as far as that takes it.
INCLUDE_DIR:=$(TOPDIR)
BUILD_DIR:=$(PROGRAM)
INSTALL_DIR:=install -d -m0755
INSTALL_BIN:=install -m0755
INSTALL_DATA:=install -m0644
INSTALL_CONF:=install -m0600
qstrip=$(subst ",,$(1))
