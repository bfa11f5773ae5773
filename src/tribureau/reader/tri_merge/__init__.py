"""Reports of three bureaus side by side: tables whose columns stand under a row of bureau names."""
