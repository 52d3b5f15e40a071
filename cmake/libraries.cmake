# The libraries from outside, each named once. Who may link which is in modules.cmake.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(fmt REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(doctest REQUIRED)
pkg_check_modules(argon2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(fido2 REQUIRED IMPORTED_TARGET libfido2)
pkg_check_modules(odbc REQUIRED IMPORTED_TARGET odbc)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
find_package(tomlplusplus REQUIRED)
