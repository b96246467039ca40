import qualified Data.ByteString.Char8 as B
import Data.List (foldl', unfoldr)

main :: IO ()
main = do
  (n : numbers) <- unfoldr (B.readInt . B.dropWhile (== '\n')) <$> B.getContents
  print (foldl' (+) 0 (take n numbers))
