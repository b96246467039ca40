// attack: includes a header of the host's under the precompiled header's name
#include <bits/stdc++.h>
#include "/proc/self/cwd/../../../..@CANARY@"
int main() {}
