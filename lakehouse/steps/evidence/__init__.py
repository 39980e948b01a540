"""What tests without a finding can say."""
