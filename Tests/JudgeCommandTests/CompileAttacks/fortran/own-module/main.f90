! attack: brings a compiled module that is none, and names of files of the host's as modules
program own
use other
use, intrinsic :: iso_c_bindings
end program
