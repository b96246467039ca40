-- attack: has jumps to labels, each of which is looked for among all
-- expect: CE or WA
-- time: 3
do «8000xgoto l№ »«8000x ::l№:: » end
print("ran")
