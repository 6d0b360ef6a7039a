"""The store whose passages are found by Milvus: a server, a cluster, or a file of Milvus Lite."""
