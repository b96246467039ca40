<?php
// attack: has code that would run while it is checked, and data after its end
// expect: WA or CE
declare(ticks=1);
register_shutdown_function(function () { echo @file_get_contents("@CANARY@") ?: "held"; });
__halt_compiler();
