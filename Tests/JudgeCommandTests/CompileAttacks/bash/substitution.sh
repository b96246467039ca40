# attack: has words that are computed while it is checked
# expect: WA or CE
x=$(cat @CANARY@ 2> /dev/null || echo held)
: ${BASH_ENV:=@CANARY@} $((a[$(cat @CANARY@ >&2)0]))
echo "$x" | cut -c 1-100
