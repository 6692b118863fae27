# What OpenWrt's package.mk does with ../flowtabled/Makefile, as far as archives need it: "make NAME STAGE=dir PROGRAM=dir ARCH=..." installs
# the files of package NAME below STAGE/root and writes what is said of it beside that, a file for each field.
PKG_BUILD_DIR:=$(PROGRAM)

fields:=name version depends section title license maintainer

define BuildPackage
$(eval $(Package/$(1)))
.PHONY: $(1)
$(1): name=$(1)
$(1): version=$(PKG_VERSION)-r$(PKG_RELEASE)
$(1): depends=$(sort libc $(patsubst +%,%,$(filter +%,$(DEPENDS))))
$(1): section=$(SECTION)
$(1): title=$(TITLE)
$(1): license=$(PKG_LICENSE)
$(1): maintainer=$(PKG_MAINTAINER)
$(1):
	$(call Package/$(1)/install,$(STAGE)/root)
	$$(foreach field,$$(fields),$$(file >$(STAGE)/$$(field),$$($$(field))))
	$$(file >$(STAGE)/description,$$(Package/$(1)/description))
	$$(if $$(Package/$(1)/conffiles),$$(file >$(STAGE)/conffiles,$$(Package/$(1)/conffiles)))
	$$(if $$(Package/$(1)/postinst),$$(file >$(STAGE)/postinst-pkg,$$(subst $$$$,$$,$$(Package/$(1)/postinst))))
	$$(if $$(Package/$(1)/postrm),$$(file >$(STAGE)/postrm,$$(subst $$$$,$$,$$(Package/$(1)/postrm))))
endef
