// case: E07
// attack: makes a program of gigabytes
// expect: refused or outcome cpu-time or outcome memory
// outside: harmful: it fills the disk
// stage: compile
// limits: cpu=2000 memory=256M filesize=16M
char bytes[3ul << 30] = {1};
int main(void) { return bytes[0]; }
