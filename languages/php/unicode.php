<?php
echo "Grüße, Ωμέγα, 你好, 🙂\n";
