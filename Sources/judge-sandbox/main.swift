import Glibc
import SandboxEngine

exit(Helper.main())
