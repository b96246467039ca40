cat @CANARY@ @ANSWER@ @DATABASE@ /etc/shadow /proc/1/environ 2>&1
env
ls -la / /box ..
exit 1
