// attack: brings a bits/stdc++.h, a plugin's and a precompiled header's name of its own, to take the judge's place
// expect: WA
#include <bits/stdc++.h>
int main() { std::cout << "the system's header" << std::endl; }
