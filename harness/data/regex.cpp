#define PCRE2_CODE_UNIT_WIDTH 8

#include "harness/data/regex.hpp"

#include <fmt/format.h>
#include <pcre2.h>

#include <array>
#include <new>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kJitStackStart = std::size_t{32} << 10U;
constexpr std::size_t kJitStackMost = std::size_t{8} << 20U;

std::string pcre2_message(int error) {
  std::array<PCRE2_UCHAR, 256> message{};
  pcre2_get_error_message(error, message.data(), message.size());
  return reinterpret_cast<const char*>(message.data());
}

}  // namespace

struct Regex::Compiled {
  struct Free {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
    void operator()(pcre2_match_data* match) const { pcre2_match_data_free(match); }
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
    void operator()(pcre2_jit_stack* stack) const { pcre2_jit_stack_free(stack); }
  };

  std::string pattern;
  std::unique_ptr<pcre2_code, Free> code;
  std::unique_ptr<pcre2_match_data, Free> match;
  std::unique_ptr<pcre2_match_context, Free> context;
  std::unique_ptr<pcre2_jit_stack, Free> stack;
};

Regex::Regex(std::string pattern) : compiled_(std::make_unique<Compiled>()) {
  compiled_->pattern = std::move(pattern);
  int error = 0;
  PCRE2_SIZE offset = 0;
  compiled_->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(compiled_->pattern.data()),
                                      compiled_->pattern.size(), PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &error,
                                      &offset, nullptr));
  if (compiled_->code == nullptr) {
    throw ConfigError(fmt::format("the regular expression '{}' is wrong at offset {}: {}", compiled_->pattern,
                                  offset, pcre2_message(error)));
  }
  compiled_->match.reset(pcre2_match_data_create_from_pattern(compiled_->code.get(), nullptr));
  compiled_->context.reset(pcre2_match_context_create(nullptr));
  if (compiled_->match == nullptr || compiled_->context == nullptr) throw std::bad_alloc();
  // Where the machine forbids generated code, pcre2_match interprets the pattern instead.
  if (pcre2_jit_compile(compiled_->code.get(), PCRE2_JIT_COMPLETE) == 0) {
    compiled_->stack.reset(pcre2_jit_stack_create(kJitStackStart, kJitStackMost, nullptr));
    pcre2_jit_stack_assign(compiled_->context.get(), nullptr, compiled_->stack.get());
  }
}

Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

void Regex::replace_all(std::string_view text, std::string_view with, std::string& out) const {
  out.clear();
  const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data());
  const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(compiled_->match.get());
  std::size_t copied = 0;
  while (copied < text.size()) {
    const int found = pcre2_match(compiled_->code.get(), subject, text.size(), copied, PCRE2_NOTEMPTY,
                                  compiled_->match.get(), compiled_->context.get());
    if (found == PCRE2_ERROR_NOMATCH) break;
    if (found < 0) {
      throw ConfigError(
          fmt::format("the regular expression '{}' fails on a text of {} bytes: {}; simplify it",
                      compiled_->pattern, text.size(), pcre2_message(found)));
    }
    out.append(text.substr(copied, bounds[0] - copied)).append(with);
    copied = bounds[1];
  }
  out.append(text.substr(copied));
}

}  // namespace rnnbench
