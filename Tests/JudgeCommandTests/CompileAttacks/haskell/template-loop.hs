-- attack: computes without end while it is compiled
-- time: 3
{-# LANGUAGE TemplateHaskell #-}
import Language.Haskell.TH
main :: IO ()
main = print $(litE (integerL (sum (filter even [1 ..]))))
