"""What tests without a finding can say: equivalence, Bayes factors, smallest detectable effects."""
