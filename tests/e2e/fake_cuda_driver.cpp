// A libcuda.so.1 with one GPU that computes nothing: what comes after the question for a driver can be
// tested.
#include <cstddef>
#include <cstring>

extern "C" {

int cuInit(unsigned) { return 0; }

int cuDriverGetVersion(int* version) {
  *version = 13000;
  return 0;
}

int cuDeviceGetCount(int* count) {
  *count = 1;
  return 0;
}

int cuDeviceGet(int* device, int) {
  *device = 0;
  return 0;
}

int cuDeviceGetName(char* name, int length, int) {
  std::strncpy(name, "Painted GPU", static_cast<std::size_t>(length));
  return 0;
}

int cuDeviceTotalMem_v2(std::size_t* bytes, int) {
  *bytes = std::size_t{3} << 30;
  return 0;
}

int cuDeviceGetAttribute(int* value, int attribute, int) {
  *value = attribute == 75 ? 9 : 1;  // compute capability 9.1
  return 0;
}

}  // extern "C"
