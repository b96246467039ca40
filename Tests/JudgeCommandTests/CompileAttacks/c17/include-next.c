// attack: climbs from the directories of the system's headers to files of the host's
#include <stdio.h>
#include_next <../../../..@CANARY@>
int main(void) { return 0; }
