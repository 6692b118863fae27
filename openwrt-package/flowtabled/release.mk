# Where the compiled releases of PKG_VERSION are, and the sha256 of each archive, as "make release RID=..." prints it.
# None is published yet: without the two, the build says so, and what to set instead.
RELEASE_URL:=
HASH_linux-musl-x64:=
HASH_linux-musl-arm64:=
HASH_linux-musl-arm:=
