-- attack: has a type that doubles with each name
-- time: 3
main :: IO ()
main = let { p x = \f -> f x x; a = \x -> p (p x); b = \x -> a (a x); c = \x -> b (b x); d = \x -> c (c x);
    e = \x -> d (d x); g = \x -> e (e x) } in g id `seq` return ()
