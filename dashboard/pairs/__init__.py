"""What the pages of pairs show: the matrix of joint projects, and the profile of one pair."""
