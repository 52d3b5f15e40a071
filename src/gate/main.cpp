#include <unistd.h>

#include "gate/apart.h"

int main() { return klout7::gate::serve_one(STDIN_FILENO); }
