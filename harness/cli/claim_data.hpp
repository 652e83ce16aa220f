#pragma once

#include <string>
#include <vector>

#include "results/query/claims.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// What a database holds of claims: experiments whose file has a [claim] and those beside them, read from the
/// files' texts that are recorded. `ids`: of these claims; empty: of all. In the order of their names. Throws
/// StoreError.
std::vector<ClaimData> load_claims(Database& database, const std::vector<std::string>& ids);

}  // namespace rnnbench
