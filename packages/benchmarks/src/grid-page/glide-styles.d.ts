declare module '@glideapps/glide-data-grid/dist/index.css'
