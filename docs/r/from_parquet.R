# Run `lakehouse export --format parquet --out tables` first. Needs the package arrow.
source(file.path("docs", "r", "analysis.R"))
source(file.path("tables", "load.R"), chdir = TRUE)

best <- table_1(tables$features, tables$scores)
print(head(best, 10), row.names = FALSE)

model <- mixed_model(tables$pav_mask_means)
print(summary(model), correlation = FALSE)
