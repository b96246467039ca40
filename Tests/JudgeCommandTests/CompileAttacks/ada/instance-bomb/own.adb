-- attack: has generics that use each other twice in each step
-- time: 3
procedure Own is
   generic procedure P0; procedure P0 is begin null; end P0;
   generic procedure P1; procedure P1 is procedure A is new P0; procedure B is new P0; begin A; B; end P1;
   generic procedure P2; procedure P2 is procedure A is new P1; procedure B is new P1; begin A; B; end P2;
   generic procedure P3; procedure P3 is procedure A is new P2; procedure B is new P2; begin A; B; end P3;
   generic procedure P4; procedure P4 is procedure A is new P3; procedure B is new P3; begin A; B; end P4;
   generic procedure P5; procedure P5 is procedure A is new P4; procedure B is new P4; begin A; B; end P5;
   generic procedure P6; procedure P6 is procedure A is new P5; procedure B is new P5; begin A; B; end P6;
   generic procedure P7; procedure P7 is procedure A is new P6; procedure B is new P6; begin A; B; end P7;
   generic procedure P8; procedure P8 is procedure A is new P7; procedure B is new P7; begin A; B; end P8;
   generic procedure P9; procedure P9 is procedure A is new P8; procedure B is new P8; begin A; B; end P9;
   generic procedure P10; procedure P10 is procedure A is new P9; procedure B is new P9; begin A; B; end P10;
   generic procedure P11; procedure P11 is procedure A is new P10; procedure B is new P10; begin A; B; end P11;
   generic procedure P12; procedure P12 is procedure A is new P11; procedure B is new P11; begin A; B; end P12;
   generic procedure P13; procedure P13 is procedure A is new P12; procedure B is new P12; begin A; B; end P13;
   generic procedure P14; procedure P14 is procedure A is new P13; procedure B is new P13; begin A; B; end P14;
   generic procedure P15; procedure P15 is procedure A is new P14; procedure B is new P14; begin A; B; end P15;
   generic procedure P16; procedure P16 is procedure A is new P15; procedure B is new P15; begin A; B; end P16;
   generic procedure P17; procedure P17 is procedure A is new P16; procedure B is new P16; begin A; B; end P17;
   generic procedure P18; procedure P18 is procedure A is new P17; procedure B is new P17; begin A; B; end P18;
   generic procedure P19; procedure P19 is procedure A is new P18; procedure B is new P18; begin A; B; end P19;
   generic procedure P20; procedure P20 is procedure A is new P19; procedure B is new P19; begin A; B; end P20;
   generic procedure P21; procedure P21 is procedure A is new P20; procedure B is new P20; begin A; B; end P21;
   generic procedure P22; procedure P22 is procedure A is new P21; procedure B is new P21; begin A; B; end P22;
   procedure Last is new P22;
begin
   Last;
end Own;
