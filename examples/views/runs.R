# Rscript runs.R RESULTS.db: accuracies by engine and cell, and a model of them (RSQLite: r-cran-rsqlite).
library(DBI)

database <- dbConnect(RSQLite::SQLite(), commandArgs(trailingOnly = TRUE)[1], flags = RSQLite::SQLITE_RO)
runs <- dbGetQuery(database, "SELECT * FROM run_summary WHERE status = 'finished'")
print(aggregate(test_accuracy ~ engine + cell, runs, mean), digits = 6)

losses <- dbGetQuery(database, "SELECT engine, seed, epoch, value FROM epoch_metrics JOIN run_summary USING (run)
                                WHERE name = 'loss' AND split = 'train'")
print(aggregate(value ~ engine + epoch, losses, mean), digits = 6)
dbDisconnect(database)
