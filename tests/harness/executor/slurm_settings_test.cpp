#include "harness/executor/slurm_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SlurmSettings, OfAnExperimentWinOverTheProfiles) {
  SlurmSettings profile;
  profile.partition = "short";
  profile.account = "nets";
  const SlurmSettings read = read_slurm_settings(
      parse_toml("partition = \"long\"\nchunk = 8\nsbatch = [\"--qos=night\"]\n", "x.toml"), profile);
  EXPECT_EQ(read.partition, "long");
  EXPECT_EQ(read.account, "nets");
  EXPECT_EQ(read.chunk, 8);
  EXPECT_THAT(read.sbatch, ElementsAre("--qos=night"));
}

TEST(SlurmSettings, RefuseWhatTheyDontKnowOrCantBe) {
  for (const auto& [text, what] : {std::pair("partitions = \"long\"", "partitions"),
                                   {"chunk = 0", "chunk"},
                                   {"limit = -1", "limit"},
                                   {"time = 60", "time"},
                                   {"time = \"1\"", "time: a task of 60 s is told 60 s before its end"},
                                   {"notice = 86400\ntime = \"0-12\"", "notice"},
                                   {"memory = \"4G\\n#SBATCH --uid=0\"", "take the line end out"},
                                   {"sbatch = [\"qos=night\"]", "expected a list of options"},
                                   {"sbatch = [1]", "expected a list of options"},
                                   {"sbatch = [\"--a\\n--b\"]", "expected a list of options"}}) {
    EXPECT_THAT(message_of<ConfigError>([&] { read_slurm_settings(parse_toml(text, "x.toml")); }),
                HasSubstr(what))
        << text;
  }
}

TEST(SlurmSeconds, AreReadAsSbatchReadsThem) {
  EXPECT_EQ(slurm_seconds("90"), 5400);
  EXPECT_EQ(slurm_seconds("1:30"), 90);
  EXPECT_EQ(slurm_seconds("2:00:05"), 7205);
  EXPECT_EQ(slurm_seconds("1-0"), 86400);
  EXPECT_EQ(slurm_seconds("1-2:30"), 95400);
  EXPECT_EQ(slurm_seconds("1-2:30:07"), 95407);
  for (const char* other : {"", "UNLIMITED", "1h", "-5", "1-", "1:2:3:4", "99999999999999999999"})
    EXPECT_FALSE(slurm_seconds(other)) << other;
}

TEST(SlurmProfile, IsReadWhereThereIsOne) {
  const TemporaryFolder folder;
  ::setenv("XDG_CONFIG_HOME", folder.path().c_str(), 1);
  EXPECT_EQ(slurm_profile().account, "");
  std::filesystem::create_directories(folder.path() / "rnnbench");
  folder.write("rnnbench/slurm.toml", "account = \"nets\"\n");
  EXPECT_EQ(slurm_profile().account, "nets");
  folder.write("rnnbench/slurm.toml", "acount = \"nets\"\n");
  EXPECT_THAT(message_of<ConfigError>([] { slurm_profile(); }),
              HasSubstr("rnnbench/slurm.toml:1: acount: unknown key"));
  ::unsetenv("XDG_CONFIG_HOME");
}

}  // namespace
}  // namespace rnnbench
