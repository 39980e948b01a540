# The study's Table 1 and a mixed model. Both take data frames, read in any of the three ways:
# features (participant, feature, group_id, value), scores (participant, instrument, score) and
# means (participant, expression, supervised, mean_distance).

correlate <- function(pair) {
  known <- pair[!is.na(pair$value) & !is.na(pair$score), ]
  if (nrow(known) < 3 || sd(known$value) == 0 || sd(known$score) == 0) return(NULL)
  pearson <- cor.test(known$value, known$score)
  spearman <- cor.test(known$value, known$score, method = "spearman", exact = FALSE)
  data.frame(
    feature = known$feature[1], instrument = known$instrument[1], n = nrow(known),
    spearman_r = unname(spearman$estimate), spearman_p = spearman$p.value,
    pearson_r = unname(pearson$estimate), pearson_p = pearson$p.value
  )
}

# Table 1 has the study's six groups only; groups 6 and 7 are the lower eyelids.
table_1 <- function(features, scores) {
  in_six <- features[features$group_id < 6, ]
  pairs <- merge(in_six, scores, by = "participant")
  found <- do.call(rbind, lapply(split(pairs, list(pairs$feature, pairs$instrument)), correlate))
  found$spearman_q <- p.adjust(found$spearman_p, "BH")
  found[order(found$spearman_p), ]
}

# Does the emoji change how far faces move, and in which expressions? The design is repeated
# measures, so participants are random effects.
mixed_model <- function(means) {
  moved <- droplevels(means[means$expression != "neutral", ])
  lme4::lmer(mean_distance ~ expression * supervised + (1 | participant), data = moved)
}
