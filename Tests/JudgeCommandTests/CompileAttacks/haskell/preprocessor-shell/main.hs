-- attack: has itself preprocessed by a program that it brought
-- expect: CE or WA
{-# OPTIONS_GHC -F -pgmF /bin/sh -optF own.sh #-}
main :: IO ()
main = putStrLn "not preprocessed"
