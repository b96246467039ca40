#include "@CANARY@"
#include "/dev/zero"
TEXT ·other(SB),0,$0
	RET
