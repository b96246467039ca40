# attack: names a codec that would run code of its own, beside it
# expect: WA or CE
# -*- coding: own_codec -*-
print("never")
