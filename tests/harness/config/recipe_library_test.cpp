#include "harness/config/recipe_library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string refusal_of_recipe(const TemporaryFolder& folder, const std::string& name) {
  RecipeLibrary library({folder.path()});
  return message_of<ConfigError>([&] { library.load(name, "x.toml:3: data.recipe"); });
}

TEST(RecipeLibrary, PutsARecipeOnTopOfItsBase) {
  const TemporaryFolder folder;
  folder.write("plain.toml",
               "length = 100\nvocabulary = 50\nsteps = [{ kind = \"lower\" }, { kind = \"split\" }]\n");
  folder.write("long.toml", "base = \"plain\"\nlength = 200\nsteps = [{ kind = \"split\" }]\n");
  RecipeLibrary library({folder.path()});

  const SettingsTree& recipe = library.load("long", "");

  EXPECT_EQ(recipe.values, Json::parse(R"({"name": "long", "length": 200, "vocabulary": 50,
                                           "steps": [{"kind": "split"}]})"));
  EXPECT_EQ(recipe.origins.at("length"), (folder.path() / "long.toml:2").string());
  EXPECT_EQ(recipe.origins.at("vocabulary"), (folder.path() / "plain.toml:2").string());
  EXPECT_FALSE(recipe.origins.contains("steps.1"));
}

TEST(RecipeLibrary, ReadsEachFileOnce) {
  const TemporaryFolder folder;
  const auto file = folder.write("plain.toml", "length = 100\n");
  RecipeLibrary library({folder.path()});

  const SettingsTree* first = &library.load("plain", "");
  std::filesystem::remove(file);

  EXPECT_EQ(&library.load("plain", ""), first);
}

TEST(RecipeLibrary, PrefersTheFirstFolder) {
  const TemporaryFolder folder;
  folder.write("near/plain.toml", "length = 1\n");
  folder.write("far/plain.toml", "length = 2\n");
  folder.write("far/other.toml", "base = \"plain\"\n");
  folder.write("far/words/list.txt", "the\n");
  RecipeLibrary library({folder.path() / "absent", folder.path() / "near", folder.path() / "far"});

  EXPECT_EQ(library.load("plain", "").values.at("length"), 1);
  EXPECT_EQ(library.load("other", "").values.at("length"), 1);
  EXPECT_THAT(library.names(), ElementsAre("other", "plain"));
}

TEST(RecipeLibrary, NamesTheNearestRecipe) {
  const TemporaryFolder folder;
  folder.write("keras-imdb.toml", "length = 1\n");
  EXPECT_THAT(refusal_of_recipe(folder, "keras-imbd"),
              AllOf(StartsWith("x.toml:3: data.recipe: no recipe 'keras-imbd'"),
                    HasSubstr("did you mean 'keras-imdb'?")));
}

TEST(RecipeLibrary, ReachesNoFileOutsideItsFolders) {
  const TemporaryFolder folder;
  folder.write("secret.toml", "length = 1\n");
  folder.write("recipes/plain.toml", "length = 1\n");
  RecipeLibrary library({folder.path() / "recipes"});
  for (const std::string name : {"../secret", "", ".", "..", "recipes/plain", "plain.toml"}) {
    EXPECT_THAT(message_of<ConfigError>([&] { library.load(name, "x"); }),
                HasSubstr("no recipe '" + name + "'"));
  }
}

TEST(RecipeLibrary, SaysWhereItLooked) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal_of_recipe(folder, "plain"), HasSubstr("no recipe files in " + folder.path().string()));
}

TEST(RecipeLibrary, RefusesBasesInACircle) {
  const TemporaryFolder folder;
  folder.write("a.toml", "base = \"b\"\n");
  folder.write("b.toml", "\nbase = \"c\"\n");
  folder.write("c.toml", "base = \"a\"\n");
  EXPECT_THAT(refusal_of_recipe(folder, "b"),
              AllOf(StartsWith((folder.path() / "a.toml:1: base").string()), HasSubstr("b -> c -> a -> b")));
  folder.write("self.toml", "base = \"self\"\n");
  EXPECT_THAT(refusal_of_recipe(folder, "self"), HasSubstr("self -> self"));
}

TEST(RecipeLibrary, PlacesABadBase) {
  const TemporaryFolder folder;
  folder.write("a.toml", "\nbase = 3\n");
  folder.write("b.toml", "base = \"absent\"\n");
  folder.write("c.toml", "length = \n");
  EXPECT_THAT(refusal_of_recipe(folder, "a"),
              HasSubstr("a.toml:2: base: expected a text in quotes, found 3"));
  EXPECT_THAT(refusal_of_recipe(folder, "b"), HasSubstr("b.toml:1: base: no recipe 'absent'"));
  EXPECT_THAT(refusal_of_recipe(folder, "c"), HasSubstr("c.toml:1:"));
}

}  // namespace
}  // namespace rnnbench
