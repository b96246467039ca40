<?php
$process = proc_open(["/bin/true"], [], $pipes);
if ($process === false || proc_close($process) !== 0) {
    throw new RuntimeException("no process");
}
echo "spawned\n";
