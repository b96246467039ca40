# attack: breaks off in words that name files of the host's
# expect: CE or WA
cat << $(cat @CANARY@)
case $(cat @ANSWER@ >&2) in
