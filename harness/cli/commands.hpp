#pragma once

#include <stop_token>
#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace rnnbench {

/// What every command gets and gives.
struct Session {
  std::stop_token stop;  ///< requested by Ctrl-C
  int exit_code = 0;     ///< set by the command that ran
  /// What is said of the work where it was interrupted.
  std::string when_interrupted = "what was finished is recorded, and the same command goes on from there";
};

/// Each adds one command to the program; the command runs when its name is parsed. `session` must outlive
/// the app.
void add_run_command(CLI::App& app, Session& session);
void add_worker_command(CLI::App& app, Session& session);
void add_side_command(CLI::App& app, Session& session);
void add_reproduce_command(CLI::App& app, Session& session);
void add_rerun_command(CLI::App& app, Session& session);
void add_plan_command(CLI::App& app, Session& session);
void add_list_command(CLI::App& app, Session& session);
void add_show_command(CLI::App& app, Session& session);
void add_tag_command(CLI::App& app, Session& session);
void add_note_command(CLI::App& app, Session& session);
void add_compare_command(CLI::App& app, Session& session);
void add_errors_command(CLI::App& app, Session& session);
void add_effects_command(CLI::App& app, Session& session);
void add_diff_env_command(CLI::App& app, Session& session);
void add_query_command(CLI::App& app, Session& session);
void add_plot_command(CLI::App& app, Session& session);
void add_report_command(CLI::App& app, Session& session);
void add_parity_command(CLI::App& app, Session& session);
void add_bench_command(CLI::App& app, Session& session);
void add_predict_command(CLI::App& app, Session& session);
void add_serve_command(CLI::App& app, Session& session);
void add_data_command(CLI::App& app, Session& session);
void add_merge_command(CLI::App& app, Session& session);
void add_export_command(CLI::App& app, Session& session);
void add_import_command(CLI::App& app, Session& session);
void add_backup_command(CLI::App& app, Session& session);
void add_check_command(CLI::App& app, Session& session);
void add_gc_command(CLI::App& app, Session& session);
void add_doctor_command(CLI::App& app, Session& session);

}  // namespace rnnbench
