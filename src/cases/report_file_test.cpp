#include "cases/report_file.h"

#include <doctest/doctest.h>
