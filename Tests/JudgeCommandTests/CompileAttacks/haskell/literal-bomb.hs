-- attack: has a list of constants that grows in each of the compiler's steps
-- time: 5
-- expect: CE or WA
main :: IO ()
main = print (sum [«6000x№ * 3, »0] + 1e1000000000)
