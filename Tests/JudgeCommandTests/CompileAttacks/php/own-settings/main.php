<?php
// attack: brings settings that name files and libraries to load
// expect: WA
echo "ran";
