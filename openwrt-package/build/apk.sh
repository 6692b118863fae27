# shellcheck shell=bash disable=SC2154,SC2016 # a part of package, whose variables these are; scripts in quotes
# An .apk of version 3, as OpenWrt's include/package-pack.mk makes it.

name=$(field name)
own=$work/stage/root/lib/apk/packages
(cd "$work/stage/root" && find . -type f -printf '/%P\n' | sort) >"$work/stage/list"
mkdir -p "$own"
cp "$work/stage/list" "$own/$name.list"
if [ -f "$work/stage/conffiles" ]; then
    cp "$work/stage/conffiles" "$own/$name.conffiles"
    while read -r path; do
        echo "$path $(sha256sum "$work/stage/root$path" | cut -d' ' -f1)"
    done <"$work/stage/conffiles" >"$own/$name.conffiles_static"
fi

# script NAME LINE...: a script that has the shell's functions of OpenWrt.
script() {
    local path=$work/stage/$1
    shift
    {
        echo '#!/bin/sh'
        printf '%s\n' "$@"
        echo '[ -s ${IPKG_INSTROOT}/lib/functions.sh ] || exit 0'
        echo '. ${IPKG_INSTROOT}/lib/functions.sh'
        echo 'export root="${IPKG_INSTROOT}"'
        echo "export pkgname=\"$name\""
    } >"$path"
}

skip='[ "${IPKG_NO_SCRIPT}" = "1" ] && exit 0'
script post-install "$skip"
script post-upgrade "export PKG_UPGRADE=1" "$skip"
script pre-deinstall
for path in "$work"/stage/post-{install,upgrade}; do
    printf 'add_group_and_user\ndefault_postinst\n' >>"$path"
    [ ! -f "$work/stage/postinst-pkg" ] || sed '/^#!/d' "$work/stage/postinst-pkg" >>"$path"
done
echo default_prerm >>"$work/stage/pre-deinstall"
scripts=()
for kind in post-install post-upgrade pre-deinstall; do
    scripts+=(--script "$kind:$work/stage/$kind")
done
[ ! -f "$work/stage/postrm" ] || scripts+=(--script "post-deinstall:$work/stage/postrm")

find "$work/stage/root" -exec touch -h -d "@$epoch" {} +
file=$root/artifacts/packages/$name-$(field version).apk
# A reader of the installed database finds root as the owner of all: the user who builds is not asked.
fakeroot=$(command -v fakeroot || true)
[ "$(id -u)" != 0 ] || fakeroot=
[ -z "$fakeroot" ] && [ "$(id -u)" != 0 ] && echo "package: without fakeroot the files in the .apk are $(id -un)'s, not root's" >&2
$fakeroot apk mkpkg \
    --info "name:$name" --info "version:$(field version)" --info "arch:$arch" --info "license:$(field license)" \
    --info "origin:openwrt-package/flowtabled" --info "maintainer:$(field maintainer)" \
    --info "description:$(field description | sed 's/^ *//' | paste -sd ' ')" --info "depends:$(field depends)" \
    "${scripts[@]}" --files "$work/stage/root" --output "$file" >&2
