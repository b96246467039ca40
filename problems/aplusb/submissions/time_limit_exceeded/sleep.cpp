// Uses no processor time at all and never ends.
#include <unistd.h>

int main()
{
    for (;;)
        pause();
}
