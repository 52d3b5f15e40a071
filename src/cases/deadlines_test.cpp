#include "cases/deadlines.h"

#include <doctest/doctest.h>
