#include "cases/sick_report.h"

#include <doctest/doctest.h>
