#pragma once

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>

// Boost.Math's distributions, computed in double: by default they are computed in long double and rounded,
// which takes twice as long and changes nothing that is printed. Only for the sources of this folder.
namespace rnnbench {

using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Normal = boost::math::normal_distribution<double, InDouble>;
using Student = boost::math::students_t_distribution<double, InDouble>;
using NoncentralStudent = boost::math::non_central_t_distribution<double, InDouble>;
using Binomial = boost::math::binomial_distribution<double, InDouble>;

}  // namespace rnnbench
