#include "cases/made_up_reports.h"

#include <doctest/doctest.h>
