-- attack: brings settings of the compiler: gnat.adc, a project, a mapping
-- expect: CE or WA
with Ada.Text_IO;
procedure Main is begin Ada.Text_IO.Put_Line ("ran"); end Main;
