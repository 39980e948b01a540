# Reads the database itself. Needs the packages DBI and duckdb (version 1.2 or newer).
source(file.path("docs", "r", "analysis.R"))
connection <- DBI::dbConnect(duckdb::duckdb(), "warehouse/lakehouse.duckdb", read_only = TRUE)
ask <- function(query) DBI::dbGetQuery(connection, query)

features <- ask("select participant, feature, group_id, value from features")
scores <- ask("select participant, instrument, score from scores")
means <- ask("select participant, expression, supervised, mean_distance from pav_mask_means")
order <- ask("select expression from expressions order by code")$expression
DBI::dbDisconnect(connection)

means$expression <- factor(means$expression, levels = order)
means$supervised <- factor(means$supervised, c(FALSE, TRUE), c("unsupervised", "supervised"))

best <- table_1(features, scores)
print(head(best, 10), row.names = FALSE)

model <- mixed_model(means)
print(summary(model), correlation = FALSE)
