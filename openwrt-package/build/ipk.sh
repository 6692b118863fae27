# shellcheck shell=bash disable=SC2154,SC2016 # a part of package, whose variables these are; scripts in quotes
# An .ipk: three files in a tar, as OpenWrt's scripts/ipkg-build makes it.

pack() {
    tar --format=gnu --numeric-owner --owner=0 --group=0 --sort=name --mtime="@$epoch" -C "$1" -c . | gzip -n -9 >"$2"
}

control=$work/stage/control
mkdir -p "$control"
{
    echo "Package: $(field name)"
    echo "Version: $(field version)"
    echo "Depends: $(field depends | sed 's/ /, /g')"
    echo "Source: openwrt-package/flowtabled"
    echo "SourceName: flowtabled"
    echo "License: $(field license)"
    echo "Section: $(field section)"
    echo "SourceDateEpoch: $epoch"
    echo "Maintainer: $(field maintainer)"
    echo "Architecture: $arch"
    echo "Installed-Size: $(installed_size)"
    echo "Description: $(field description | sed 's/^ */ /' | sed '1s/^ //')"
} >"$control/control"
for script in postinst prerm; do
    {
        echo '#!/bin/sh'
        [ $script = prerm ] || echo '[ "${IPKG_NO_SCRIPT}" = "1" ] && exit 0'
        echo '[ -s ${IPKG_INSTROOT}/lib/functions.sh ] || exit 0'
        echo '. ${IPKG_INSTROOT}/lib/functions.sh'
        echo "default_$script \$0 \$@"
    } >"$control/$script"
done
for own in postinst-pkg postrm conffiles; do
    [ ! -f "$work/stage/$own" ] || cp "$work/stage/$own" "$control/"
done
chmod 644 "$control"/*
chmod 755 "$control"/p*

archive=$work/stage/archive
file=$root/artifacts/packages/$(field name)_$(field version)_$arch.ipk
mkdir -p "$archive"
echo 2.0 >"$archive/debian-binary"
pack "$work/stage/root" "$archive/data.tar.gz"
pack "$control" "$archive/control.tar.gz"
(
    cd "$archive" || exit
    tar --format=gnu --numeric-owner --owner=0 --group=0 --mtime="@$epoch" --mode=644 -c ./debian-binary ./data.tar.gz ./control.tar.gz
) | gzip -n -9 >"$file"
