// attack: includes what the host keeps of its users and of itself
#include "/etc/shadow"
#include "/etc/hostname"
#include "/etc/machine-id"
#include "/etc/ssh/ssh_host_ed25519_key"
int main(void) { return 0; }
