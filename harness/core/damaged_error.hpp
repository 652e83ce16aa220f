#pragma once

#include "harness/core/error.hpp"

namespace rnnbench {

/// A results database is damaged: no other try reads it.
class DamagedError : public StoreError {
 public:
  using StoreError::StoreError;
};

}  // namespace rnnbench
