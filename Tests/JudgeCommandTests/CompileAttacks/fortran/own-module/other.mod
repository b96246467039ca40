GFORTRAN module version '15' created from @CANARY@
(«20000x(»
