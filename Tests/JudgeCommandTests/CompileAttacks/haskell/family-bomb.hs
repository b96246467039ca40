-- attack: lets a family of types grow without end while it is compiled
-- time: 3
{-# LANGUAGE TypeFamilies, UndecidableInstances, DataKinds #-}
{-# OPTIONS_GHC -freduction-depth=0 #-}
type family Grow a where Grow a = Grow (a, a)
main :: IO ()
main = print (undefined :: Grow Int)
